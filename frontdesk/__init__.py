"""frontdesk: the front office of a clinic, every enquiry worked until it is booked, won or lost for a known reason."""
