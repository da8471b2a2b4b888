package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.caravanhub.flow.recipe.Recipe;
import org.caravanhub.flow.recipe.Recipes;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Quoted;

/** Flows to begin one's own with: {@code list-flow-recipes}, {@code show-flow-recipe}. */
public final class FlowRecipeApi {
    /** Every recipe, without its text. */
    public Answer list() {
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (Recipe recipe : Recipes.all()) {
                json.writeStartObject();
                write(json, recipe);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNullField("next_cursor");
            json.writeEndObject();
        });
    }

    /** One recipe under an id of one's own, as a file to save. */
    public Answer show(Question question) {
        String name = question.word("name");
        Recipe recipe = Recipes.find(name).orElseThrow(() -> unknown(name));
        Recipe own = recipe.as(question.text("id").orElse("my-" + name));
        return Answer.json(json -> {
            json.writeStartObject();
            write(json, own);
            json.writeStringField("id", own.id());
            json.writeStringField("text", own.text());
            json.writeEndObject();
        });
    }

    private static Problem unknown(String name) {
        String near = Nearest.to(name, Recipes.names())
                .map(nearest -> " – did you mean \"" + nearest + "\"?")
                .orElse(". There are: " + String.join(", ", Recipes.names()) + ".");
        return Problem.of(ProblemCode.NOT_FOUND, "There is no recipe " + Quoted.of(name) + near);
    }

    private static void write(JsonGenerator json, Recipe recipe) throws IOException {
        json.writeStringField("name", recipe.name());
        json.writeStringField("description", recipe.description());
        json.writeArrayFieldStart("settings");
        for (Recipe.Setting setting : recipe.settings()) {
            json.writeStartObject();
            json.writeStringField("key", setting.key());
            json.writeStringField("default", setting.otherwise().orElse(null));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("secrets");
        for (String secret : recipe.secrets()) {
            json.writeString(secret);
        }
        json.writeEndArray();
    }
}
