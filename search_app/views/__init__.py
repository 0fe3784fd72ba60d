"""One blueprint a kind of address; each route reads its request, asks the service, and hands over."""
