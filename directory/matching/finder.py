"""The one use case: who fits this need? Pages, API and embed all ask here."""
