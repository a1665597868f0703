"""Regulations hear of no application: those live on a floor above, and `decrees.receivers` calls this room's verbs."""
