"""Words of the demo site, apart from the code that puts them on pages. Indonesian, because they are content."""
