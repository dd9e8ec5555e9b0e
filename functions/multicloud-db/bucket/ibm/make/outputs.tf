# Outputs that are not sensitive appear in the Workspace's status; those that are null
# do not. None is sensitive: there are no credentials.

output "bucket_name" {
  description = "Name of the bucket."
  value       = local.bucket.bucket_name
}

output "crn" {
  description = "CRN of the bucket."
  value       = local.bucket.crn
}

output "region_location" {
  description = "Region the bucket is in; null where it is in several, or in one data center."
  value       = local.bucket.region_location
}

output "storage_class" {
  description = "Storage class of new objects."
  value       = local.bucket.storage_class
}

output "s3_endpoint_public" {
  description = "Host name of the public endpoint."
  value       = local.bucket.s3_endpoint_public
}

output "s3_endpoint_private" {
  description = "Host name of the endpoint in IBM Cloud's private network, which VPCs do not reach."
  value       = local.bucket.s3_endpoint_private
}

output "s3_endpoint_direct" {
  description = "Host name of the endpoint for VPCs."
  value       = local.bucket.s3_endpoint_direct
}

output "versioning" {
  description = "Whether what is overwritten or deleted is kept: true, false if suspended, null if it never was."
  value       = try(local.bucket.object_versioning[0].enable, null)
}

output "kms_key_crn" {
  description = "CRN of the root key that encrypts the bucket; null is IBM's own key."
  value       = local.bucket.kms_key_crn
}

output "instance_crn" {
  description = "CRN of the service instance that the bucket is in."
  value       = local.instance.crn
}

output "instance_guid" {
  description = "GUID of the service instance."
  value       = local.instance.guid
}

# A state that the provider does not tell is null.
output "status" {
  description = "State of the service instance, such as active or failed."
  value       = try(local.instance.status, null)
}

output "instance_name" {
  description = "Name of the service instance."
  value       = local.instance.name
}

output "resource_group_id" {
  description = "Resource group the service instance is in."
  value       = local.instance.resource_group_id
}

output "tags" {
  description = "Tags of the service instance, also those that others set."
  value       = local.instance.tags
}
