import { evaluate } from '../evaluate';
import { runOnNode } from './node';

runOnNode(evaluate);
