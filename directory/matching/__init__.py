"""Who fits what: a need is judged against every program, and each answer is explained."""
