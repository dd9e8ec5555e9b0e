# provider-opentofu v1.0.2 runs OpenTofu 1.10.
terraform {
  required_version = ">= 1.10"
  required_providers {
    ibm = {
      source  = "IBM-Cloud/ibm"
      version = "2.5.0"
    }
  }
}
