"""Services where a newsletter is a campaign that one request makes whole; one module each."""
