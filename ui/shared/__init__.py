"""What more than one component brings to the browser."""
