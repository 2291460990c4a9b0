export {
  Block,
  type ContentRules,
  type Deletes,
  type Origin,
  type Side,
  type Spot,
} from './block.ts';
export { Sequence } from './sequence.ts';
