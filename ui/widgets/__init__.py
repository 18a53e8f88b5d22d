"""Small widgets that know no page, form or record."""
