// Where the words are of what the roster fetches later: known as soon as the roster is there.
import { FILES } from '../../../shared/words.ts';

Object.assign(FILES.en, {
  list: () => import('../../../../messages/en.json?list'),
  walked: () => import('../../../../messages/en.json?walked'),
});
Object.assign(FILES.zh, {
  list: () => import('../../../../messages/zh-CN.json?list'),
  walked: () => import('../../../../messages/zh-CN.json?walked'),
});
