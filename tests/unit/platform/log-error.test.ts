import { MongoServerError } from 'mongodb';
import { Error as Mongoose } from 'mongoose';
import { logError } from '../../../server/platform/log-error';

describe('an error in the log', () => {
  it('says what and where, and not whose', () => {
    const error = new MongoServerError({
      code: 11000,
      codeName: 'DuplicateKey',
      errmsg:
        'E11000 duplicate key error collection: tucai.students index: campaignId_1_studentNo_1 dup key: { campaignId: "0123456789abcdef01234567", studentNo: "20191234567", name: "Wang Fang" }',
      keyPattern: { campaignId: 1, studentNo: 1 },
      keyValue: { studentNo: '20191234567', name: 'Wang Fang' },
    });
    const logged = logError(error);
    expect(logged).toMatchObject({
      type: 'MongoServerError',
      message: 'E11000 duplicate key error collection: tucai.students index: campaignId_1_studentNo_1 …',
      code: 11000,
      codeName: 'DuplicateKey',
      fields: ['campaignId', 'studentNo'],
      stack: expect.stringContaining('log-error.test'),
    });
    expect(JSON.stringify(logged)).not.toMatch(/20191234567|Wang/);
  });

  it.each([
    ['no card 6222021234567890123', 'no card …'],
    ['王芳 has no 身份证 53011119990101123X', '… has no … …'],
    ['Unexpected token in JSON: "Wang Fang, 13888888888"', 'Unexpected token in JSON: …'],
    ['write to fang.wang@example.com', 'write to …'],
    ['no booking 0123456789abcdef01234567', 'no booking 0123456789abcdef01234567'],
    [
      "Cannot read properties of undefined (reading 'seatNo')",
      "Cannot read properties of undefined (reading 'seatNo')",
    ],
  ])('%s', (message, logged) => {
    expect(logError(new Error(message)).message).toBe(logged);
  });

  it('follows the causes, and takes nothing else along', () => {
    const cause = Object.assign(new Mongoose.CastError('String', 'Wang Fang', 'name'), { code: 'ECAST' });
    const error = Object.assign(new Error('no booking', { cause }), { config: { body: 'Wang Fang' } });
    const logged = logError(error);
    expect(logged.cause).toMatchObject({ type: 'CastError', code: 'ECAST' });
    expect(JSON.stringify(logged)).not.toContain('Wang');
    expect(logError('Wang Fang 13888888888')).toEqual({ type: 'string', message: 'Wang Fang …' });
  });
});
