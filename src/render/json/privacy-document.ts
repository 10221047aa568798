import type { PrivacyPreview } from '../../app/hub/preview-privacy.ts'
import type { PrivacyPreviewDocument } from '../../generated/privacy-preview.ts'

/** `benchmark.privacy-preview/1` */
export const toPrivacyPreviewDocument = (preview: PrivacyPreview): PrivacyPreviewDocument => ({
  schema: 'benchmark.privacy-preview/1',
  visibility: preview.visibility,
  project: preview.projectId,
  run_id: preview.runId,
  bytes: preview.bytes,
  content_sha256: preview.contentSha256,
  document: preview.text,
  held: preview.held,
  group:
    preview.group === null
      ? null
      : { outcome: preview.group.outcome, size: preview.group.groupSize, wanted: preview.wantedGroupSize },
  omissions: preview.omissions.map(({ field, change }) => ({ field, change })),
  limits: [...preview.limits],
})
