import { ExportResultCode } from '@opentelemetry/core';
import type { Logger } from '@postrider/core';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';

type Export = PushMetricExporter['export'];

/** Says once that exports fail, and once that they work again: the SDK itself would be silent. */
export function logFailures(exporter: PushMetricExporter, logger: Logger): PushMetricExporter {
  let isFailing = false;
  const exportMetrics: Export = (metrics, done) =>
    exporter.export(metrics, (result) => {
      const failed = result.code !== ExportResultCode.SUCCESS;
      if (failed && !isFailing) {
        logger.warn('Metrics could not be sent; the next interval tries again', toReason(result));
      }
      if (!failed && isFailing) logger.info('Metrics are sent again');
      isFailing = failed;
      done(result);
    });
  return {
    export: exportMetrics,
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
    ...(exporter.selectAggregationTemporality && {
      selectAggregationTemporality: exporter.selectAggregationTemporality.bind(exporter),
    }),
  };
}

/** Not the error itself: it may hold the request, and with it the headers. */
function toReason({ error }: Parameters<Parameters<Export>[1]>[0]): Record<string, unknown> {
  return { reason: error?.message ?? 'unknown' };
}
