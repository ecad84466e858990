"""Files that people upload: stored aside, read by a process with bounds, gone after a day."""
