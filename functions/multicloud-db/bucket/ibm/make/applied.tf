# What the provider goes by when it destroys is what was applied last.
output "allow_delete" {
  description = "Whether the bucket is emptied when it is destroyed."
  value       = coalesce(ibm_cos_bucket.bucket.force_delete, false)
}
