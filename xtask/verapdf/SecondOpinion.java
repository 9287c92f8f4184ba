// Has the veraPDF engine judge files: SecondOpinion FLAVOUR FILE… prints a line for each and the rules that it breaks.
import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

public final class SecondOpinion {
    public static void main(String[] words) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        var flavour = PDFAFlavour.byFlavourId(words[0]);
        var foundry = Foundries.defaultInstance();
        boolean sound = true;
        for (int at = 1; at < words.length; at++) {
            try (var file = new FileInputStream(words[at]);
                    var parser = foundry.createParser(file, flavour);
                    var validator = foundry.createValidator(flavour, false)) {
                var result = validator.validate(parser);
                System.out.println((result.isCompliant() ? "conforms to " : "BREAKS ") + words[0] + ": " + words[at]);
                sound &= result.isCompliant();
                for (var one : result.getTestAssertions()) {
                    if (one.getStatus() == TestAssertion.Status.FAILED) {
                        System.out.println("  " + one.getRuleId().getClause() + ": " + one.getMessage());
                    }
                }
            }
        }
        System.exit(sound ? 0 : 1);
    }
}
