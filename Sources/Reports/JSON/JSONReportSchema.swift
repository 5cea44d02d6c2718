extension JSONReport {
  /// The JSON Schema of what `render` writes, for those who build on it.
  ///
  /// Objects stay open: a later 1.x may add fields, and readers must let them pass.
  package static let schema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Unmoor assessment",
      "description": "Readiness of container workloads for serverless container platforms.",
      "type": "object",
      "required": [
        "schemaVersion", "tool", "options", "inputs", "lookedFor", "targets", "summary", "steps",
        "workloads", "findings", "platformFacts", "checks", "notices", "rules"
      ],
      "properties": {
        "schemaVersion": { "type": "string", "pattern": "^1\\.[0-9]+$" },
        "tool": {
          "type": "object",
          "required": ["name", "version", "ruleSetDigest"],
          "properties": {
            "name": { "type": "string" },
            "version": { "type": "string" },
            "ruleSetDigest": {
              "description": "Over all rules and data in force; equal digests ask the same questions.",
              "type": "string"
            }
          }
        },
        "options": {
          "description": "What was asked for.",
          "type": "object",
          "additionalProperties": { "type": "string" }
        },
        "inputs": { "type": "array", "items": { "$ref": "#/$defs/input" } },
        "lookedFor": {
          "description": "The kinds of files the tool reads, in words.",
          "type": "array",
          "items": { "type": "string" }
        },
        "targets": {
          "description": "The platforms that were assessed, in display order.",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["id", "title"],
            "properties": { "id": { "type": "string" }, "title": { "type": "string" } }
          }
        },
        "summary": { "$ref": "#/$defs/summary" },
        "steps": { "type": "array", "items": { "$ref": "#/$defs/step" } },
        "workloads": { "type": "array", "items": { "$ref": "#/$defs/workload" } },
        "findings": { "type": "array", "items": { "$ref": "#/$defs/finding" } },
        "platformFacts": {
          "description": "What verdicts and findings cite of the targets.",
          "type": "array",
          "items": { "$ref": "#/$defs/platformFact" }
        },
        "checks": { "type": "array", "items": { "$ref": "#/$defs/check" } },
        "notices": { "type": "array", "items": { "$ref": "#/$defs/notice" } },
        "rules": { "type": "array", "items": { "$ref": "#/$defs/rule" } }
      },
      "$defs": {
        "count": { "type": "integer", "minimum": 0 },
        "basisPoints": { "type": "integer", "minimum": 0, "maximum": 10000 },
        "score": {
          "description": "An interval: what is certain, and what is possible if all that is open turns out well. Null: nothing could be scored.",
          "type": ["object", "null"],
          "required": ["floor", "ceiling", "coverage"],
          "properties": {
            "floor": { "$ref": "#/$defs/basisPoints" },
            "ceiling": { "$ref": "#/$defs/basisPoints" },
            "coverage": { "$ref": "#/$defs/basisPoints" }
          }
        },
        "severity": { "enum": ["blocker", "high", "medium", "low", "info"] },
        "verdict": { "enum": ["blocked", "not-enough-evidence", "needs-changes", "ready"] },
        "location": {
          "description": "1-based, in code points; the end is behind the last one. Line 0: the file as a whole.",
          "type": "object",
          "required": ["file", "line", "column", "endLine", "endColumn"],
          "properties": {
            "file": { "description": "Relative to the scanned root.", "type": "string" },
            "line": { "$ref": "#/$defs/count" },
            "column": { "$ref": "#/$defs/count" },
            "endLine": { "$ref": "#/$defs/count" },
            "endColumn": { "$ref": "#/$defs/count" }
          }
        },
        "input": {
          "type": "object",
          "required": ["path", "format", "sha256", "state"],
          "properties": {
            "path": { "type": "string" },
            "format": { "type": "string" },
            "sha256": { "type": "string" },
            "state": { "enum": ["read", "partial", "unreadable", "unsupported"] }
          }
        },
        "summary": {
          "type": "object",
          "required": ["score", "verdicts", "dispositions", "findings", "effort"],
          "properties": {
            "score": { "$ref": "#/$defs/score" },
            "verdicts": {
              "description": "Workloads that move, by target and verdict.",
              "type": "object",
              "additionalProperties": {
                "type": "object",
                "required": ["blocked", "not-enough-evidence", "needs-changes", "ready"],
                "propertyNames": { "$ref": "#/$defs/verdict" },
                "additionalProperties": { "$ref": "#/$defs/count" }
              }
            },
            "dispositions": {
              "type": "object",
              "required": [
                "move", "externalise", "absorb", "local-only", "duplicate", "infrastructure"
              ],
              "additionalProperties": { "$ref": "#/$defs/count" }
            },
            "findings": {
              "description": "Findings that are not waived, by severity.",
              "type": "object",
              "required": ["blocker", "high", "medium", "low", "info"],
              "propertyNames": { "$ref": "#/$defs/severity" },
              "additionalProperties": { "$ref": "#/$defs/count" }
            },
            "effort": {
              "description": "Points of work: what is known, and if all that is open needs it too.",
              "type": "object",
              "required": ["low", "high"],
              "properties": {
                "low": { "$ref": "#/$defs/count" },
                "high": { "$ref": "#/$defs/count" }
              }
            }
          }
        },
        "step": {
          "type": "object",
          "required": ["id", "title", "weight", "score"],
          "properties": {
            "id": { "type": "string" },
            "title": { "type": "string" },
            "weight": { "$ref": "#/$defs/count" },
            "score": { "$ref": "#/$defs/score" }
          }
        },
        "workload": {
          "type": "object",
          "required": [
            "id", "name", "kind", "format", "project", "disposition", "dispositionReason",
            "replacement", "location", "steps", "score", "verdicts", "sizes",
            "otherDefinitions"
          ],
          "properties": {
            "id": { "type": "string" },
            "name": { "type": "string" },
            "kind": { "type": "string" },
            "format": { "type": "string" },
            "project": { "type": "string" },
            "disposition": {
              "enum": ["move", "externalise", "absorb", "local-only", "duplicate", "infrastructure"]
            },
            "dispositionReason": { "type": "string" },
            "replacement": {
              "type": ["object", "null"],
              "required": ["aws", "azure", "note"],
              "properties": {
                "aws": { "type": "array", "items": { "type": "string" } },
                "azure": { "type": "array", "items": { "type": "string" } },
                "note": { "type": ["string", "null"] }
              }
            },
            "location": { "$ref": "#/$defs/location" },
            "steps": { "type": "array", "items": { "$ref": "#/$defs/step" } },
            "score": { "$ref": "#/$defs/score" },
            "verdicts": {
              "description": "By target; empty for workloads that do not move.",
              "type": "object",
              "additionalProperties": {
                "type": "object",
                "required": ["verdict", "decidedBy", "facts"],
                "properties": {
                  "verdict": { "$ref": "#/$defs/verdict" },
                  "decidedBy": { "type": "array", "items": { "type": "string" } },
                  "facts": {
                    "description": "Ids of platform facts of this target that those rules rest on.",
                    "type": "array",
                    "items": { "type": "string" }
                  }
                }
              }
            },
            "sizes": {
              "description": "The smallest size by target: cores and bytes, null if there is none; empty for workloads that do not move.",
              "type": "object",
              "additionalProperties": {
                "type": "object",
                "required": ["cpu", "memory", "profile", "confidence", "basis"],
                "properties": {
                  "cpu": { "type": ["number", "null"] },
                  "memory": { "type": ["integer", "null"] },
                  "profile": { "type": ["string", "null"] },
                  "confidence": { "$ref": "#/$defs/factConfidence" },
                  "basis": { "type": "string" }
                }
              }
            },
            "otherDefinitions": {
              "description": "Other definitions of the same workload, which are judged as local.",
              "type": "array",
              "items": { "$ref": "#/$defs/definition" }
            }
          }
        },
        "definition": {
          "type": "object",
          "required": ["workload", "reason", "location"],
          "properties": {
            "workload": { "description": "A workload's id.", "type": "string" },
            "reason": { "type": "string" },
            "location": { "$ref": "#/$defs/location" }
          }
        },
        "factConfidence": {
          "description": "verified: read in the named primary source; anything less is reported, not verified.",
          "enum": ["verified", "schema-absence", "secondary", "knowledge"]
        },
        "platformFact": {
          "type": "object",
          "required": [
            "target", "id", "subject", "effect", "statement", "instead", "confidence", "sources"
          ],
          "properties": {
            "target": { "type": "string" },
            "id": { "type": "string" },
            "subject": { "type": "string" },
            "effect": { "enum": ["blocks", "needs-change", "ignored", "supported"] },
            "statement": { "type": ["string", "null"] },
            "instead": { "type": "string" },
            "confidence": { "$ref": "#/$defs/factConfidence" },
            "sources": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["title", "place", "date"],
                "properties": {
                  "title": { "type": "string" },
                  "place": { "type": "string" },
                  "date": { "type": "string" }
                }
              }
            }
          }
        },
        "finding": {
          "type": "object",
          "required": [
            "rule", "title", "topic", "step", "severity", "confidence", "workload", "location",
            "path", "evidence", "provenance", "message", "remediation", "targets", "references",
            "excerpt", "fingerprint", "waived"
          ],
          "properties": {
            "rule": { "type": "string" },
            "title": { "type": "string" },
            "topic": { "type": "string" },
            "step": { "type": "string" },
            "severity": { "$ref": "#/$defs/severity" },
            "confidence": { "enum": ["high", "medium", "low"] },
            "workload": { "description": "A workload's id.", "type": "string" },
            "location": { "$ref": "#/$defs/location" },
            "path": { "description": "The place inside the document.", "type": "string" },
            "evidence": { "description": "What decided it; secrets masked.", "type": "string" },
            "provenance": { "type": "array", "items": { "$ref": "#/$defs/location" } },
            "message": { "type": "string" },
            "remediation": {
              "type": "object",
              "required": ["text", "effort"],
              "properties": {
                "text": { "type": "string" },
                "effort": { "$ref": "#/$defs/count" }
              }
            },
            "targets": {
              "type": "object",
              "additionalProperties": { "enum": ["blocks", "needs-change", "advisory", "none"] }
            },
            "references": { "type": "array", "items": { "type": "string" } },
            "excerpt": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["line", "text"],
                "properties": {
                  "line": { "type": "integer", "minimum": 1 },
                  "text": { "type": "string" }
                }
              }
            },
            "fingerprint": {
              "description": "The same while lines move; for baselines and links.",
              "type": "string"
            },
            "waived": {
              "type": ["object", "null"],
              "required": ["reason", "owner", "until"],
              "properties": {
                "reason": { "type": "string" },
                "owner": { "type": ["string", "null"] },
                "until": { "type": ["string", "null"] }
              }
            }
          }
        },
        "check": {
          "description": "One cell of rule and workload, and target where the rule asks about it.",
          "type": "object",
          "required": ["rule", "workload", "target", "state", "reason", "locations"],
          "properties": {
            "rule": { "type": "string" },
            "workload": { "type": "string" },
            "target": { "type": ["string", "null"] },
            "state": { "enum": ["pass", "fail", "not-assessed", "not-applicable", "error"] },
            "reason": { "type": ["string", "null"] },
            "locations": { "type": "array", "items": { "$ref": "#/$defs/location" } }
          }
        },
        "notice": {
          "type": "object",
          "required": ["kind", "file", "line", "message"],
          "properties": {
            "kind": { "type": "string" },
            "file": { "type": "string" },
            "line": { "$ref": "#/$defs/count" },
            "message": { "type": "string" }
          }
        },
        "rule": {
          "type": "object",
          "required": [
            "id", "title", "step", "topic", "severity", "references", "constraints"
          ],
          "properties": {
            "id": { "type": "string" },
            "title": { "type": "string" },
            "step": { "type": "string" },
            "topic": { "type": "string" },
            "severity": { "$ref": "#/$defs/severity" },
            "references": { "type": "array", "items": { "type": "string" } },
            "constraints": {
              "description": "Ids of platform facts that it rests on.",
              "type": "array",
              "items": { "type": "string" }
            }
          }
        }
      }
    }

    """#
}
