import { evaluate } from '../cli-evaluate';
import { runOnNode } from './node';

runOnNode(evaluate);
