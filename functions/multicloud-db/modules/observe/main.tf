# An existing database is looked at: a data source, no resource.

terraform {
  required_version = ">= 1.10"
  required_providers {
    ibm = {
      source  = "IBM-Cloud/ibm"
      version = "2.5.0"
    }
  }
}

# More than one database of that name in the group and region is an error.
data "ibm_database" "existing" {
  name              = var.name
  location          = var.location
  resource_group_id = var.resource_group_id
}
