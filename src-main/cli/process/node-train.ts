import { train } from '../train';
import { runOnNode } from './node';

runOnNode(train);
