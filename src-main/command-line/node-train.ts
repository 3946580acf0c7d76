import { train } from '../cli';
import { runOnNode } from './node';

runOnNode(train);
