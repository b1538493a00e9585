import {
  MongoClient,
  MongoInvalidArgumentError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
} from 'mongodb';
import mongoose, { Error as Mongoose, Schema } from 'mongoose';
import { isTransient } from '../../../../server/platform/mongo/failures';

const said = (code: number, errorLabels: string[] = []) =>
  new MongoServerError({ code, errorLabels, errmsg: 'said by the server' });

const thing = new (mongoose.model('Thing', new Schema({ name: String })))({ name: 'a' });

describe('what the database says', () => {
  it.each([
    ['a write conflict', said(112)],
    ['the primary stepped down', said(189)],
    ['too slow', said(50)],
    ['an error that carries the label', said(1, ['RetryableWriteError'])],
    ['a unique index that no use case has read more out of', said(11000)],
    ['a cut connection', new MongoNetworkError('cut')],
    ['not connected', new MongoNotConnectedError('not yet')],
    ['somebody else changed the document', new Mongoose.VersionError(thing, 1, ['name'])],
    ['mongoose found no server', new Mongoose.MongooseServerSelectionError('none')],
    ['mongoose has waited for a connection', new Mongoose('Operation `things.find()` buffering timed out')],
  ])('means: try again · %s', (_, error) => {
    expect(isTransient(error)).toBe(true);
  });

  it('means: try again · there is no server', async () => {
    const nowhere = new MongoClient('mongodb://127.0.0.1:1', { serverSelectionTimeoutMS: 50 });
    const error: unknown = await nowhere.connect().catch((cause: unknown) => cause);
    expect(error).toMatchObject({ name: 'MongoServerSelectionError' });
    expect(isTransient(error)).toBe(true);
  });

  it.each([
    ['a command it does not know', said(59)],
    ['a bad value', said(2)],
    ['a wrong argument', new MongoInvalidArgumentError('no such option')],
    ['a value of the wrong type', new Mongoose.CastError('Date', 'x', 'at')],
    ['a document that does not fit its schema', new Mongoose.ValidationError()],
    ['a field the schema does not know', new Mongoose.StrictModeError('x')],
    ['anything of our own', new TypeError('x')],
    ['no error at all', undefined],
  ])('is a mistake of ours · %s', (_, error) => {
    expect(isTransient(error)).toBe(false);
  });
});
