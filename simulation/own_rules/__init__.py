"""Rules of one's own at full speed: functions in a file replace shipped ones, in both twins."""
