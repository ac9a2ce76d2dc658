import { describe, expect, it } from 'vitest';
import { channelBody, channelFieldError } from './channel-fields';

describe('the form of a channel', () => {
  it('leaves out what is empty: a secret that was set stays', () => {
    expect(channelBody('slack', { name: ' On call ', webhookUrl: '' })).toEqual({
      name: 'On call',
      config: {},
    });
  });

  it('recipients are one a line, commas count as line ends', () => {
    const body = channelBody('email', {
      name: 'Officers',
      to: 'a@example.test\nb@example.test, c@example.test\n',
    });
    expect(body.config).toEqual({ to: ['a@example.test', 'b@example.test', 'c@example.test'] });
  });

  it('a complaint is shown at its field, with the line it is about', () => {
    expect(channelFieldError({ 'config.url': 'is no address' }, 'url')).toBe('is no address');
    expect(channelFieldError({ 'config.to.1': 'is no address' }, 'to')).toBe('Line 2 is no address');
    expect(channelFieldError({}, 'to')).toBeNull();
  });
});
