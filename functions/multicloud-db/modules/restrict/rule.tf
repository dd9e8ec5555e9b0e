# Who reaches a database of plan standard-gen2, which has no allowlist: a rule on the one
# instance, and the zone that the rule lets in by the private endpoint. Any other rule that is
# there counts beside it: IBM Cloud lets in whom all rules let in.
#
# The order: the rule names the instance, so the instance is there before it. A login is not:
# plan Gen2 makes no user, and the credential is made after the rule. The rule may count some
# minutes later: IBM Cloud puts it into the instance's queue of tasks, and caches rules for
# 10 minutes.
#
# The zone has the clients' networks and nothing else: a service may not be named in a zone
# for Cloud Databases, whose own management reaches them anyway, and OpenTofu reaches the
# control plane only, which no rule of Cloud Databases is about.
#
# Whether plan Gen2 enforces such a rule is not certain: the provider's guidance names it in
# place of the allowlist (resource_ibm_database_gen2.go of terraform-provider-ibm v2.5.0), and
# IBM's own questions and answers say that it is not supported yet (faq.md of
# ibm-cloud-docs/cloud-databases-gen2, 2026-06-22).
#
# Sources: howto-cbr.md and howto-allowlists.md of ibm-cloud-docs/cloud-databases, 2026-03-10;
# README.md of terraform-ibm-modules/terraform-ibm-cbr (10 minutes), and cbr_rule in main.tf of
# terraform-ibm-icd-postgresql (which attributes); ibm/service/contextbasedrestrictions of the
# provider, in which nothing forces a new zone or rule.

locals {
  # crn:v1:bluemix:public:{service}:{region}:a/{account}:{instance}::
  crn      = split(":", local.database.id)
  account  = trimprefix(local.crn[6], "a/")
  instance = local.crn[7]

  # What the provider takes as a name. The instance makes it differ from that of any other zone.
  label = substr(replace(var.name, "/[^A-Za-z0-9 _-]/", "-"), 0, 91)
}

resource "ibm_cbr_zone" "clients" {
  name        = "${local.label}-${local.instance}"
  description = "Clients of ${local.label}"
  account_id  = local.account

  dynamic "addresses" {
    for_each = var.allowlist
    content {
      type  = "subnet"
      value = addresses.value
    }
  }

  lifecycle {
    precondition {
      condition     = local.gen2
      error_message = "plan standard has an allowlist of its own, and gets no rule."
    }
  }
}

resource "ibm_cbr_rule" "clients" {
  description      = "Clients of ${local.label}"
  enforcement_mode = "enabled" # Cloud Databases have no report-only

  resources {
    attributes {
      name     = "accountId"
      value    = local.account
      operator = "stringEquals"
    }
    attributes {
      name     = "serviceName"
      value    = var.service
      operator = "stringEquals"
    }
    attributes {
      name     = "serviceInstance"
      value    = local.instance
      operator = "stringEquals"
    }
  }
  contexts {
    attributes {
      name  = "networkZoneId"
      value = ibm_cbr_zone.clients.id
    }
    attributes {
      name  = "endpointType"
      value = "private"
    }
  }
  operations {
    api_types {
      # The one that Cloud Databases have.
      api_type_id = "crn:v1:bluemix:public:context-based-restrictions::::api-type:data-plane"
    }
  }
}

# A rule is destroyed before its instance, which it names. A destroy that the provider refuses
# for deletion_protection would leave an instance without its rule, so it is refused here
# first: what refers to others is destroyed before them.
resource "terraform_data" "restricted" {
  input      = var.deletion_protection
  depends_on = [ibm_cbr_rule.clients, ibm_resource_key.user]

  provisioner "local-exec" {
    when        = destroy
    command     = "test \"$PROTECTED\" = false || { echo \"Deletion protection is enabled\"; exit 1; }"
    environment = { PROTECTED = tostring(self.output) }
  }
}

output "allowlist" {
  description = "Networks that the rule lets in."
  value       = ibm_cbr_zone.clients.addresses[*].value
}

output "rule_id" {
  description = "ID of the rule, as ibmcloud cbr rule asks for it."
  value       = ibm_cbr_rule.clients.id
}
