"""How days and times are written where Django's own manner for a language is not the house's."""
