import { Inject } from '@nestjs/common';

/** Under which Nest knows the `Analytics` of the `AnalyticsModule`. */
export const ANALYTICS: unique symbol = Symbol.for('postrider.nestjs.analytics') as never;

/** Injects what tracks and answers: `constructor(@InjectAnalytics() analytics: Analytics)`. */
export const InjectAnalytics = (): ParameterDecorator & PropertyDecorator => Inject(ANALYTICS);
