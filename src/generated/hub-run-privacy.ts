// Generated from schemas/ by `npm run generate:types`. Do not edit.

/** How far a field may travel, and which part of the document it holds (lists and nulls aside). */
export interface FieldPrivacy {
  readonly privacy: string
  readonly of: string | null
}

/** Parts of a shared run and their fields. */
export const HUB_RUN_PRIVACY: Readonly<Record<string, Readonly<Record<string, FieldPrivacy>>>> = {
  "RunPayload": {
    "benchmark_type": {
      "privacy": "community",
      "of": null
    },
    "state": {
      "privacy": "community",
      "of": null
    },
    "started_at": {
      "privacy": "community",
      "of": null
    },
    "finished_at": {
      "privacy": "public",
      "of": null
    },
    "label": {
      "privacy": "public",
      "of": null
    },
    "tags": {
      "privacy": "public",
      "of": null
    },
    "branch": {
      "privacy": "public",
      "of": null
    },
    "commit": {
      "privacy": "public",
      "of": null
    },
    "dataset": {
      "privacy": "community",
      "of": "SharedDataset"
    },
    "comparability": {
      "privacy": "community",
      "of": null
    },
    "primary_metrics": {
      "privacy": "community",
      "of": "SharedMetricChoice"
    },
    "environment": {
      "privacy": "community",
      "of": "SharedEnvironment"
    },
    "pipelines": {
      "privacy": "community",
      "of": "SharedPipeline"
    },
    "samples": {
      "privacy": "community",
      "of": null
    },
    "methods": {
      "privacy": "community",
      "of": "SharedMethod"
    },
    "series": {
      "privacy": "community",
      "of": "SharedSeries"
    },
    "executions": {
      "privacy": "community",
      "of": "SharedExecution"
    },
    "summary": {
      "privacy": "community",
      "of": "SharedSummary"
    },
    "condensed": {
      "privacy": "community",
      "of": "CondensedScores"
    },
    "artifacts": {
      "privacy": "public",
      "of": "SharedArtifact"
    }
  },
  "SharedDataset": {
    "id": {
      "privacy": "community",
      "of": null
    },
    "version": {
      "privacy": "community",
      "of": null
    },
    "labels": {
      "privacy": "community",
      "of": null
    }
  },
  "SharedMetricChoice": {
    "metric": {
      "privacy": "community",
      "of": null
    },
    "level": {
      "privacy": "community",
      "of": null
    }
  },
  "SharedEnvironment": {
    "os": {
      "privacy": "community",
      "of": null
    },
    "kernel": {
      "privacy": "public",
      "of": null
    },
    "architecture": {
      "privacy": "community",
      "of": null
    },
    "cpu_model": {
      "privacy": "community",
      "of": null
    },
    "cpus": {
      "privacy": "community",
      "of": null
    },
    "memory_bytes": {
      "privacy": "community",
      "of": null
    },
    "gpu": {
      "privacy": "community",
      "of": null
    },
    "machine_fingerprint": {
      "privacy": "public",
      "of": null
    },
    "file_system": {
      "privacy": "public",
      "of": null
    },
    "container": {
      "privacy": "public",
      "of": null
    }
  },
  "SharedPipeline": {
    "name": {
      "privacy": "community",
      "of": null
    },
    "version": {
      "privacy": "community",
      "of": null
    },
    "params": {
      "privacy": "community",
      "of": null
    },
    "databases": {
      "privacy": "public",
      "of": null
    }
  },
  "SharedMethod": {
    "agent": {
      "privacy": "community",
      "of": null
    },
    "cpu": {
      "privacy": "community",
      "of": null
    },
    "memory": {
      "privacy": "community",
      "of": null
    }
  },
  "SharedSeries": {
    "metric": {
      "privacy": "community",
      "of": null
    },
    "level": {
      "privacy": "community",
      "of": null
    },
    "rank": {
      "privacy": "community",
      "of": null
    },
    "unit": {
      "privacy": "community",
      "of": null
    },
    "direction": {
      "privacy": "community",
      "of": null
    }
  },
  "SharedExecution": {
    "pipeline": {
      "privacy": "community",
      "of": null
    },
    "sample": {
      "privacy": "community",
      "of": null
    },
    "repeat": {
      "privacy": "community",
      "of": null
    },
    "state": {
      "privacy": "community",
      "of": null
    },
    "exit_code": {
      "privacy": "community",
      "of": null
    },
    "method": {
      "privacy": "community",
      "of": null
    },
    "noisy": {
      "privacy": "community",
      "of": null
    },
    "scores": {
      "privacy": "community",
      "of": null
    }
  },
  "SharedScore": {},
  "SharedSummary": {
    "pipeline": {
      "privacy": "community",
      "of": null
    },
    "series": {
      "privacy": "community",
      "of": null
    },
    "value": {
      "privacy": "community",
      "of": null
    },
    "reason": {
      "privacy": "community",
      "of": null
    },
    "n": {
      "privacy": "community",
      "of": null
    },
    "n_expected": {
      "privacy": "community",
      "of": null
    },
    "low": {
      "privacy": "community",
      "of": null
    },
    "high": {
      "privacy": "community",
      "of": null
    },
    "aggregation": {
      "privacy": "community",
      "of": null
    },
    "interval": {
      "privacy": "community",
      "of": null
    }
  },
  "CondensedScores": {
    "sha256": {
      "privacy": "public",
      "of": null
    },
    "executions": {
      "privacy": "community",
      "of": null
    },
    "quantiles": {
      "privacy": "community",
      "of": "ScoreQuantiles"
    }
  },
  "ScoreQuantiles": {
    "pipeline": {
      "privacy": "community",
      "of": null
    },
    "series": {
      "privacy": "community",
      "of": null
    },
    "n": {
      "privacy": "community",
      "of": null
    },
    "values": {
      "privacy": "community",
      "of": null
    }
  },
  "SharedArtifact": {
    "name": {
      "privacy": "public",
      "of": null
    },
    "bytes": {
      "privacy": "public",
      "of": null
    },
    "sha256": {
      "privacy": "public",
      "of": null
    }
  }
}
