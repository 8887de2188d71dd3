"""A class of members of one's own: run compiled where its decisions are rules, else by the reference."""
