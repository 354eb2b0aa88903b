"""Gates (出入口): who passed, what was measured and asked, what was decided; fever cases to their end."""
