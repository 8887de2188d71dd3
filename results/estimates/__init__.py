"""How sure a number is: intervals, unknown parameters, paired differences, precision."""
