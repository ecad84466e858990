"""What is listed: organization, site, program, track, session, and the evidence for each fact."""
