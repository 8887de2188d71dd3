"""Outcomes of one's own: functions in a file count something in every month, in both twins."""
