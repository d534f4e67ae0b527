export { type OtlpConfig, type OtlpOptions } from './config.js';
export { createOtlpExporter, type OtlpExporter, type OtlpExporterDeps } from './otlp-exporter.js';
export { otlpPlugin as default } from './plugin.js';
