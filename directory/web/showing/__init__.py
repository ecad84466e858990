"""What pages are told to show: words, week pictures, and one view model for each page."""
