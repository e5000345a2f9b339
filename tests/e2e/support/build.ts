import { build } from '../../../scripts/support/build.ts';

/** The stories run against the real build, made once before them. */
export default build;
