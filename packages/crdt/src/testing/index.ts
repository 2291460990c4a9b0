/** What tests of CRDT types and of documents stand on. Not for apps. */
export { testEnv } from './env.ts';
export { LAWS, type Law, type LawReport, lawTable } from './law-report.ts';
export { checkLaws, type LawOptions } from './laws.ts';
export { forSeeds, type Random, seededRandom } from './random.ts';
export {
  type Codec,
  canonicalText,
  causalOrders,
  encodeOp,
  Replicas,
  recode,
  replay,
  type TestOp,
  testReplicaId,
  viewText,
} from './replicas.ts';
