export {
  createClient,
  type ApiPaths,
  type ApiSchemas,
  type ClientOptions,
  type PostriderClient,
} from './create-client.js';
export { PostriderApiError, unwrap, type ApiProblem, type ApiResult } from './unwrap.js';
