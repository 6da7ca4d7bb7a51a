// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.jexl.Expression;
import org.apache.commons.jexl.ExpressionFactory;
import org.apache.commons.jexl.JexlContext;
import org.apache.commons.jexl.JexlHelper;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Renders a view as Jenkins does: expressions are evaluated by Jenkins' own language (JEXL 1.1), and what they come to is escaped. Of
 * Jelly's own tags it knows {@code if} and {@code forEach}; those of Jenkins it leaves out, and renders what is in them.
 */
final class View {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)\\}");

    private View() {}

    /** A view of an object, by its file. */
    static String of(Object it, String file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        try (InputStream view = it.getClass().getResourceAsStream(it.getClass().getSimpleName() + "/" + file)) {
            if (view == null) {
                throw new IOException("there is no view " + file);
            }
            JexlContext context = JexlHelper.createContext();
            put(context, "it", it);
            StringBuilder html = new StringBuilder();
            render(factory.newDocumentBuilder().parse(view).getDocumentElement(), context, html);
            return html.toString();
        }
    }

    private static void render(Node node, JexlContext context, StringBuilder html) throws Exception {
        if (node.getNodeType() == Node.TEXT_NODE) {
            html.append(text(node.getNodeValue(), context));
        } else if (node instanceof Element element) {
            String space = Objects.requireNonNullElse(element.getNamespaceURI(), "");
            String tag = element.getLocalName();
            if (space.equals("jelly:core") && tag.equals("if")) {
                if (Boolean.TRUE.equals(value(element.getAttribute("test"), context))) {
                    children(element, context, html);
                }
            } else if (space.equals("jelly:core") && tag.equals("forEach")) {
                for (Object each : (Iterable<?>) value(element.getAttribute("items"), context)) {
                    put(context, element.getAttribute("var"), each);
                    children(element, context, html);
                }
            } else if (space.isEmpty()) {
                html.append('<').append(tag);
                for (int i = 0; i < element.getAttributes().getLength(); i++) {
                    Node attribute = element.getAttributes().item(i);
                    html.append(' ')
                            .append(attribute.getNodeName())
                            .append("=\"")
                            .append(text(attribute.getNodeValue(), context).replace("\"", "&quot;"))
                            .append('"');
                }
                html.append('>');
                children(element, context, html);
                html.append("</").append(tag).append('>');
            } else if (space.startsWith("/lib/") || (space.equals("jelly:core") && tag.equals("jelly"))) {
                children(element, context, html);
            } else if (!space.equals("jelly:stapler")) {
                throw new IOException("this renderer does not know " + element.getNodeName());
            }
        }
    }

    private static void children(Element element, JexlContext context, StringBuilder html) throws Exception {
        NodeList children = element.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            render(children.item(i), context, html);
        }
    }

    @SuppressWarnings("unchecked") // it has no type
    private static void put(JexlContext context, String name, Object value) {
        ((Map<String, Object>) context.getVars()).put(name, value);
    }

    private static Object value(String expression, JexlContext context) throws Exception {
        Matcher whole = EXPRESSION.matcher(expression);
        if (!whole.matches()) {
            throw new IOException(expression + " is no expression");
        }
        Expression parsed = ExpressionFactory.createExpression(whole.group(1));
        return parsed.evaluate(context);
    }

    private static String text(String template, JexlContext context) throws Exception {
        StringBuilder text = new StringBuilder();
        Matcher expression = EXPRESSION.matcher(template);
        int done = 0;
        while (expression.find()) {
            text.append(template, done, expression.start())
                    .append(escaped(Objects.toString(value(expression.group(), context), "")));
            done = expression.end();
        }
        return text.append(template.substring(done)).toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
