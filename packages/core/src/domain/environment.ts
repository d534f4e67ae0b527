/** An isolated tenant space. Every other record belongs to exactly one environment. */
export interface Environment {
  /** `env_…` */
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}
