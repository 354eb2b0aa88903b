"""What only a browser shows: keyboard, small screens, print, scripts under the content policy."""
