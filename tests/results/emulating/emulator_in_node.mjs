// Asks the emulators of a page, as its script has them, at some places.
import { readFileSync } from "node:fs";

const asked = JSON.parse(readFileSync(0, "utf8"));
const { awake, columnsAt, predicted, surfaceOf } = await import(asked.program);
const found = asked.emulators.map((one, number) => {
  const emulator = awake(one.emulator);
  const at = asked.places[number].map((place) => {
    const { mean, error } = predicted(emulator, columnsAt(one.inputs, place));
    return [mean, error];
  });
  const usual = one.inputs.map((input) => input.usual);
  const { first, second, across, up } = asked.surfaces[number];
  const surface = surfaceOf(emulator, one.inputs, usual, first, second, across, up);
  const errors = up.flatMap((_, row) => across.map((_one, column) => surface.errorAt(column, row)));
  return { at, means: [...surface.means], errors };
});
process.stdout.write(JSON.stringify(found));
