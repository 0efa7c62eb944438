package dev.parley.config.schema;

import dev.parley.config.SecretRules;
import dev.parley.ice.credential.Secret;

/** Secrets: checked for strength, printed as stars, never quoted. */
final class SecretType implements ValueType<Secret> {
    @Override
    public String description() {
        return "a secret of at least " + SecretRules.MIN_LENGTH + " characters";
    }

    @Override
    public Secret parse(String text) throws BadValueException {
        String weakness = SecretRules.weakness(text);
        if (weakness != null) {
            throw new BadValueException(weakness);
        }
        return Secret.ofText(text);
    }

    @Override
    public String print(Secret value) {
        return "********";
    }
}
