// Where the words of the volunteer's page are.
import { FILES } from '../shared/words.ts';

Object.assign(FILES.en, {
  volunteer: () => import('../../messages/en.json?volunteer'),
  beside: () => import('../../messages/en.json?beside'),
});
Object.assign(FILES.zh, {
  volunteer: () => import('../../messages/zh-CN.json?volunteer'),
  beside: () => import('../../messages/zh-CN.json?beside'),
});
