"""The page with levers: what it says, and how it is written as one file."""
