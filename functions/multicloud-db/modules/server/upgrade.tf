# A newer version than runs is refused. An older one is what the server was made with: IBM
# Cloud moves what is left on an old version to the next one by itself.
locals {
  runs     = [for n in split(".", "${coalesce(local.database.version, "0")}.0") : tonumber(n)]
  wanted   = [for n in split(".", "${coalesce(var.engine_version, "0")}.0") : tonumber(n)]
  upgrades = try(local.wanted[0] > local.runs[0] || local.wanted[0] == local.runs[0] && local.wanted[1] > local.runs[1], false)
}
