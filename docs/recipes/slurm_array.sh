#!/usr/bin/env bash
#SBATCH --job-name=legato
#SBATCH --array=0-3
#SBATCH --cpus-per-task=4
#SBATCH --time=02:00:00
# A table of points, each task a share of its rows: `sbatch slurm_array.sh`. A task that was stopped goes on where it was
# when it is submitted again. PARTS is how many tasks there are; with another number, change --array too.
set -euo pipefail
POINTS=${POINTS:-points.csv} PARTS=${PARTS:-4} OUT=${OUT:-parts} SCENARIO=${SCENARIO:-salex} REPLICATES=${REPLICATES:-100}
TASK=${SLURM_ARRAY_TASK_ID:?submit this with sbatch, or set SLURM_ARRAY_TASK_ID}
mkdir -p "$OUT"
awk -v task="$TASK" -v parts="$PARTS" 'NR == 1 || (NR - 2) % parts == task' "$POINTS" > "$OUT/points-$TASK.csv"
legato sweep "$SCENARIO" --design "$OUT/points-$TASK.csv" --replicates "$REPLICATES" \
  --workers "${SLURM_CPUS_PER_TASK:-1}" --no-figures --out "$OUT/part-$TASK"
