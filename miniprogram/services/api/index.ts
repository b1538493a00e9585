export { type Answer, call, homeOfSignIn, type Parts, poll, upload } from './client';
export { ApiError, type FailureCode } from './errors';
export { forgetToken, keepToken, storedToken } from './session';
