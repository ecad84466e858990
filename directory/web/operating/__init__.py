"""What operators see: lines of the log, figures, and whether this node can answer."""
