import { describe, expect, test } from 'vitest';
import { added, formOf, ordered, toPut } from './accord';

describe('what is written of an accord', () => {
  const form = { ...formOf(null, 'Por el cual '), powers: ' en ejercicio de sus facultades ' };
  test('a form begins with one recital and one article to write; an empty box is no text', () => {
    expect(form.articles).toHaveLength(1);
    expect(toPut('dec-1', form)).toEqual({
      decision_id: 'dec-1',
      title: 'Por el cual',
      powers: 'en ejercicio de sus facultades',
      recitals: [],
      articles: [],
    });
  });
  test('texts are told apart while they are put in order, also one that is added after another was taken away', () => {
    const [first, second] = added(form.articles);
    const three = added(
      [
        { ...first!, text: 'uno' },
        { ...second!, text: 'dos' },
      ].slice(1),
    );
    expect(new Set(three.map((one) => one.id)).size).toBe(2);
    const turned = ordered(three, [{ id: '3' }, { id: '2' }]);
    expect(turned.map((one) => one.text)).toEqual(['', 'dos']);
    expect(toPut('dec-1', { ...form, number: 4, articles: turned })).toMatchObject({ number: 4, articles: ['dos'] });
  });
});
