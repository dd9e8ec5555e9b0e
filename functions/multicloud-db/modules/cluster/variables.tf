# All variables come from the Workspace's varmap. Types and values that the provider would accept
# but misread are refused here, before anything is planned.

variable "kube_version" {
  type        = string
  description = "Minor version of Kubernetes, such as 1.35, of control plane and nodes."
  nullable    = false
  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kube_version))
    error_message = "kube_version must be a minor version of Kubernetes, such as 1.35."
  }
}

variable "vpc_id" {
  type        = string
  description = "ID of the VPC."
  nullable    = false
  validation {
    condition     = can(regex("^[A-Za-z0-9-]+$", var.vpc_id))
    error_message = "vpc_id must be the ID of a VPC."
  }
}

variable "zones" {
  type        = list(object({ name = string, subnet_id = string }))
  description = "Zones of the nodes, with the subnet of each."
  nullable    = false
  validation {
    condition     = length(var.zones) > 0 && alltrue([for zone in var.zones : can(regex("^[a-z]+(-[a-z]+)?-[0-9]$", zone.name)) && can(regex("^[A-Za-z0-9-]+$", zone.subnet_id))])
    error_message = "zones must be one or more zones such as eu-de-1, each with the ID of a subnet."
  }
}

variable "flavor" {
  type        = string
  description = "Size of a node."
  nullable    = false
  validation {
    condition     = can(regex("^[a-z][a-z0-9]*[.][0-9]+x[0-9]+([.][a-z0-9]+)*$", var.flavor))
    error_message = "flavor must be the size of a node, such as bx2.4x16."
  }
}

variable "workers_per_zone" {
  type        = number
  description = "Nodes in each zone."
  nullable    = false
  validation {
    condition     = try(var.workers_per_zone >= 1 && floor(var.workers_per_zone) == var.workers_per_zone, false)
    error_message = "workers_per_zone must be a whole number from 1."
  }
}

variable "pod_subnet" {
  type        = string
  description = "Range of pods; null is IBM's, or the one that the cluster has."
  default     = null
  validation {
    condition     = var.pod_subnet == null || can(regex("^([0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}$", var.pod_subnet))
    error_message = "pod_subnet must be an IPv4 network, such as 172.17.0.0/18."
  }
}

variable "service_subnet" {
  type        = string
  description = "Range of services; null is IBM's, or the one that the cluster has."
  default     = null
  validation {
    condition     = var.service_subnet == null || can(regex("^([0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}$", var.service_subnet))
    error_message = "service_subnet must be an IPv4 network, such as 172.21.0.0/16."
  }
}

variable "public_endpoint" {
  type        = bool
  description = "The API server has a public endpoint beside the private one; chosen once."
  default     = false
  nullable    = false
}

variable "outbound" {
  type        = bool
  description = "Nodes reach the internet."
  default     = false
  nullable    = false
}

variable "kms_key_crn" {
  type        = string
  description = "CRN of the root key that encrypts Secrets; null is none. It may come later, and another one fails the plan; a key that goes is forgotten here, and encrypts on."
  default     = null
  validation {
    condition     = var.kms_key_crn == null || can(regex("^crn:v1:[^:\\s]*:[^:\\s]*:(kms|hs-crypto):[^:\\s]+:a/[^:\\s]+:[^:\\s]+:key:[^:\\s]+$", var.kms_key_crn))
    error_message = "kms_key_crn must be the CRN of a key, crn:v1:…:kms:…:key:…."
  }
}

variable "tags" {
  type        = list(string)
  description = "Tags, as key:value strings."
  nullable    = false
  validation {
    condition     = alltrue([for tag in var.tags : can(regex("^[A-Za-z0-9:_ .-]{1,128}$", tag))])
    error_message = "tags must be 1 to 128 letters, digits and :_ .- each."
  }
}

variable "deletion_protection" {
  type        = bool
  description = "Refuse to destroy the cluster."
  default     = true
  nullable    = false
}

variable "allow_delete" {
  type        = bool
  description = "Delete the volumes of pods with the cluster; otherwise they stay, and cost."
  default     = false
  nullable    = false
}
