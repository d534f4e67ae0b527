import { Inject } from '@nestjs/common';

/** Under which Nest knows the `HealthRegistry` of the `HealthModule`. */
export const HEALTH: unique symbol = Symbol.for('postrider.nestjs.health') as never;

/** Injects the registry: `constructor(@InjectHealth() health: HealthRegistry)`. */
export const InjectHealth = (): ParameterDecorator & PropertyDecorator => Inject(HEALTH);
