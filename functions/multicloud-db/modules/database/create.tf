# The database is made, and its admin's password with it. The import module
# has this local as true instead.
locals {
  adopted = false
}
